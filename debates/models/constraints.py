"""A foreign key over several columns, which Django's models cannot say: both engines enforce it at the commit."""

from __future__ import annotations

from typing import Any

from django.db.backends.ddl_references import Statement as SQLStatement
from django.db.models.constraints import BaseConstraint


class CompositeForeignKey(BaseConstraint):
    """`fields` of a row must equal `to_fields` of some row of the same table, or hold a null.

    It is deferred: within one transaction a branch may be moved step by step. `to_fields` must be unique together.
    """

    def __init__(self, *, fields: tuple[str, ...], to_fields: tuple[str, ...], name: str) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)
        self.to_fields = tuple(to_fields)

    def _columns(self, model: Any, names: tuple[str, ...], editor: Any) -> str:
        return ", ".join(editor.quote_name(model._meta.get_field(name).column) for name in names)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)}"
            f" FOREIGN KEY ({self._columns(model, self.fields, schema_editor)})"
            f" REFERENCES {schema_editor.quote_name(model._meta.db_table)}"
            f" ({self._columns(model, self.to_fields, schema_editor)})"
            " DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        return SQLStatement(f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}".replace("%", "%%"))

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        return SQLStatement(f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}")

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The verbs check first and say it in words; the database is the last to ask."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return (self.name, self.fields, self.to_fields) == (other.name, other.fields, other.to_fields)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.to_fields))

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fields": self.fields, "to_fields": self.to_fields}
