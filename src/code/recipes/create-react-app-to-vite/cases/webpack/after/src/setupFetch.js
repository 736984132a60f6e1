// Tests of react-scripts have this fetch, which asks by XMLHttpRequest: it knows the address of the page.
import { fetch, Headers, Request, Response } from "whatwg-fetch";

if (typeof window !== "undefined") {
  Object.assign(window, { fetch, Headers, Request, Response });
}
