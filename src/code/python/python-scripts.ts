/**
 * Compiles every file below the folder without writing anything, and reports what Python refuses, one JSON object a line.
 * Folders that begin with a dot, and those of environments and packages, are passed over.
 */
export const compileScript = `
import json, os, sys, warnings
warnings.simplefilter("ignore")
failed = []
for folder, folders, files in os.walk("."):
    folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in ("node_modules", "__pycache__") and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg")))
    for name in sorted(files):
        if not name.endswith((".py", ".pyw")):
            continue
        path = os.path.join(folder, name)[2:].replace(os.sep, "/")
        try:
            with open(path, "rb") as source:
                compile(source.read(), path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            failed.append({"file": path, "line": getattr(error, "lineno", None) or 1, "column": getattr(error, "offset", None) or 1, "code": type(error).__name__, "message": getattr(error, "msg", None) or str(error)})
with open(sys.argv[-1], "w", encoding="utf-8") as report:
    json.dump(failed, report)
for one in failed:
    print("%(file)s:%(line)s: %(code)s: %(message)s" % one)
sys.exit(1 if failed else 0)
`.trim();

/** A result of unittest that remembers the outcome of each test. */
const resultClass = `
class Result(unittest.TextTestResult):
    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.outcomes = {}
    def note(self, test, outcome, message=""):
        name = test.id()
        if self.outcomes.get(name, {}).get("outcome") != "failed":
            self.outcomes[name] = {"name": name, "outcome": outcome, "message": message}
    def addSuccess(self, test):
        super().addSuccess(test)
        self.note(test, "passed")
    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note(test, "failed", "%s: %s" % (error[0].__name__, error[1]))
    def addError(self, test, error):
        super().addError(test, error)
        self.note(test, "failed", "%s: %s" % (error[0].__name__, error[1]))
    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, "skipped", reason)
    def addExpectedFailure(self, test, error):
        super().addExpectedFailure(test, error)
        self.note(test, "passed")
    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.note(test, "failed", "It was expected to fail.")
    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.note(test, "failed", "%s: %s" % (error[0].__name__, error[1]))
`.trim();

/** Runs the tests that \`python -m unittest\` finds, and reports the outcome of each. */
export const unittestScript = `
import json, sys, unittest
file = sys.argv.pop()
${resultClass}
suite = unittest.defaultTestLoader.discover(".")
result = unittest.TextTestRunner(resultclass=Result, verbosity=1).run(suite)
with open(file, "w", encoding="utf-8") as report:
    json.dump(list(result.outcomes.values()), report)
sys.exit(0 if result.wasSuccessful() else 1)
`.trim();

/**
 * Runs the tests of a Django project or application and reports the outcome of each: `settings FOLDER MODULE` with these settings,
 * `program FILE` as that file of the tree does, with Django's own runner watched.
 */
export const djangoTestScript = `
import json, os, runpy, sys, unittest
way, where, *more, file = sys.argv[1:]
${resultClass}
outcomes = []
def watch(runner):
    finish = runner.suite_result
    def suite_result(self, suite, result, **kept):
        outcomes.extend(getattr(result, "outcomes", {}).values())
        return finish(self, suite, result, **kept)
    runner.get_resultclass = lambda self: Result
    runner.suite_result = suite_result
failures = 1
try:
    if way == "program":
        from django.test.runner import DiscoverRunner
        watch(DiscoverRunner)
        sys.path.insert(0, os.path.dirname(os.path.abspath(where)))
        sys.argv = [where]
        runpy.run_path(where, run_name="__main__")
        failures = 0
    else:
        os.chdir(where)
        sys.path.insert(0, os.getcwd())
        if more[0]:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", more[0])
        import django
        django.setup()
        from django.conf import settings
        from django.test.utils import get_runner
        class Runner(get_runner(settings)):
            pass
        watch(Runner)
        failures = Runner(verbosity=1, interactive=False).run_tests([])
except SystemExit as end:
    failures = end.code
if outcomes or way == "settings" and not failures:
    with open(file, "w", encoding="utf-8") as report:
        json.dump(outcomes, report)
sys.exit(1 if failures else 0)
`.trim();

/** Answers which of the modules named can be imported, as a JSON list. */
export const modulesScript =
  'import importlib.util, json, sys; print(json.dumps([n for n in sys.argv[1:] if importlib.util.find_spec(n)]))';
