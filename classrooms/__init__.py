"""Classes: pupils without e-mail addresses, the debates they are given, and their teachers."""
