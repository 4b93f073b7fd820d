"""A register's file on its way into the database: `cleaning` reads a line, `storing` keeps many, `marks` compares years."""
