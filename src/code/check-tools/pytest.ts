import type { CheckTool } from '../check-tool.ts';
import { endedEarly } from '../gate/ended-early.ts';
import { readJunit } from '../gate/read-junit.ts';

/** https://docs.pytest.org/en/stable/how-to/output.html#creating-junitxml-format-files */
export const pytest: CheckTool = {
  id: 'pytest',
  kind: 'test',
  programs: ['pytest', 'py.test'],
  isCheck: (args) => !args.includes('--collect-only') && !args.includes('--version'),
  once: (args) => args,
  report: (file) => ({ args: [`--junitxml=${file}`] }),
  read: ({ report, output, errors }) => {
    if (report === undefined) return { kind: 'unreadable', why: endedEarly({ output, errors }) };
    // The name of a test is unique within its class, which stands beside it.
    const named = report.replaceAll(
      /<testcase\b([^>]*?)\bclassname="([^"]*)"([^>]*?)\bname="([^"]*)"/g,
      (_whole, before: string, home: string, between: string, name: string) =>
        `<testcase${before}${between} name="${home === '' ? name : `${home}.${name}`}"`,
    );
    return readJunit(named.replaceAll(/(<testsuite\b[^>]*?)\bname="pytest"/g, '$1name=""'));
  },
};
