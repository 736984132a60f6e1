// Opens addresses in the Chromium and by the packages of the folder it is called in, and prints what is there, as JSON.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [home, ...addresses] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(createRequire(`${home}/`).resolve(name)));
const { default: packaged } = await load('@sparticuz/chromium');
const { default: playwright } = await load('playwright-core');

/** What people and robots get of a page; runs inside of it. */
function look() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const values = (selector, name) => all(selector).map((one) => one.getAttribute(name));
  return {
    title: document.title,
    text: document.body.innerText,
    mode: values('[data-mode]', 'data-mode'),
    icon: values('link[rel=icon]', 'href'),
    image: values('meta[property]', 'content'),
    help: values('a', 'href'),
    pen: all('svg').map((one) => one.innerHTML),
    kept: values('ul', 'data-icon'),
    done: all('img').map((one) => [one.naturalWidth, one.src.startsWith('data:')]),
    list: all('ul').map((one) => getComputedStyle(one).listStyleType),
    colours: all('li').map((one) => getComputedStyle(one).color),
  };
}

const browser = await playwright.chromium.launch({
  executablePath: await packaged.executablePath(),
  args: packaged.args,
  headless: true,
});
try {
  const seen = [];
  // One process for all of it ends with its first page that is closed.
  const page = await browser.newPage();
  for (const address of addresses) {
    await page.goto(address);
    await page.getByText('Buy ink').waitFor();
    seen.push(await page.evaluate(look));
  }
  process.stdout.write(JSON.stringify(seen));
} finally {
  await browser.close();
}
