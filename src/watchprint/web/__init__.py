"""The HTTP face: the 27 methods under /api/v1, accounts in custody, insights of kept accounts.

One table (`methods.table`) declares each method's route; the server, its OpenAPI document and the tests read it. A
handler reads the request, calls the method and writes the answer: it decides nothing else, and asks no Trakt itself.
"""
