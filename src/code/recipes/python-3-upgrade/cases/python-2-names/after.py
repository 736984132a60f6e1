from socket import error, timeout

try:
    names = {00, 0o17, 1j, 01j}
    print(names), print
except (OSError, TimeoutError):
    print(f"{names}")
try:
    names = {1}
except OSError, timeout:
    print(names)
