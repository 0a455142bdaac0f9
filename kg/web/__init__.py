"""The server: SPARQL, the graph store protocol, linked data and pages over one store's folder.

Reading happens in worker processes, each with a deadline and a limit of memory (`kg.web.workers`); writing happens in
one more. The process that answers requests opens no store.
"""
