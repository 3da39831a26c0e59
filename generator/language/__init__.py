"""The two small languages of a bank: expressions and templates.

`expression` compiles and evaluates what stands where a number or a condition is asked for;
`template` fills in what stands between ``{{`` and ``}}`` in text; `numbers` writes values for
people; `tree` helps a solver model to read its fields; `definitions` evaluates ``let``. Nothing an
author writes is executed: both languages become the nodes of `nodes`, and whatever is not in the
tables of `operators`, `functions` and `writers` does not exist. Every bound is in `limits`.
"""
