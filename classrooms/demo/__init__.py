"""The demo’s class: who is in it, its assignment and rubric, and a teacher's feedback, all invented."""
