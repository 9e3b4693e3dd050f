"""One module an HTTP library; the only importers of these libraries. Each tells "surely not sent" from "no answer"."""
