"""Sources as libraries know them: names, dates, CSL-JSON, bibliographies, and what a source still lacks.

It knows nothing of the database. What has the columns of debates.models.Source can be cited.
"""
