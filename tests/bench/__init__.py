"""`make bench`: what pages, interface, ledgers and the morning scan cost at real size, for people with a scope.

It starts a throw-away PostgreSQL, fills a database at a tenth and one at full size with `seed_scale`, measures in
process (server time, without the network) and prints one Markdown table. Goals are reported, they never fail.
"""
