import sys

try:
    from distutils.util import strtobool
except ImportError:
    from app.compat import strtobool

if hasattr(sys, 'getwindowsversion'):
    import msilib
