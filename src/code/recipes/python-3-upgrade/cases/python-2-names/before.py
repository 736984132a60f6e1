from socket import error, timeout

try:
    names = set([00, 0o17, 1j, 01j])
    print(names), print
except (error, timeout):
    print("%s" % (names,))
try:
    names = set([1])
except error, timeout:
    print(names)
