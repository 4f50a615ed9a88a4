import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Writes the web family: `node tests/vectors/web/make-vectors.ts`. Icons and READMEs are stored as they are and put into a
// valid package by whoever reads them; requests are the exact bytes of a body.
interface WebCase {
  file: string;
  as: "icon" | "readme" | "manifest" | "request";
  code: string;
  severity?: "H";
  note: string;
  /** of a request: its header and the status of the answer */
  contentType?: string;
  status?: number;
  /** why the command line cannot be asked the same */
  serverOnly?: string;
}

const cases: WebCase[] = [];

function save(one: WebCase, content: string): void {
  writeFileSync(join(import.meta.dirname, one.file), content, "utf8");
  cases.push(one);
}

const icon = (name: string, note: string, inside: string, attributes = ""): void => save({ file: `icon-${name}.svg`, as: "icon", code: "icon.unsafe", note }, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"${attributes}>${inside}</svg>\n`);
const readme = (name: string, code: string, note: string, markup: string): void => save({ file: `readme-${name}.md`, as: "readme", code, note }, `# Harbour Lights\n\n## Usage\n\n${markup}\n`);

function endpoint(name: string, code: string, note: string, address: string, severity?: "H"): void {
  const lines = ["services:", "  - id: tide-talk", "    name: Tide Talk", "    type: llm", `    endpoint: "${address}"`, "    auth:", "      type: none", "    capabilities:", "      - embeddings", ""];
  save({ file: `address-${name}.yaml`, as: "manifest", code, note, ...(severity === undefined ? {} : { severity }) }, lines.join("\n"));
}

const BOUNDARY = "harbour-lights";
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;
const part = (head: string, body: string): string => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const MANIFEST = part('name="manifest"; filename="services.yaml"', "services: []");

function request(name: string, note: string, body: string, contentType = FORM, status = 400, code = "invalid-upload"): void {
  save({ file: `request-${name}.http`, as: "request", code, note, contentType, status, serverOnly: "it is the form of an HTTP request, which the command line writes itself" }, body);
}

mkdirSync(import.meta.dirname, { recursive: true });

icon("script", "a script", "<script>alert(1)</script>");
icon("script-case", "a script in another case and namespace", '<svg:ScRiPt xmlns:svg="http://www.w3.org/2000/svg"/>');
icon("handler", "an event handler", "", ' onload="alert(1)"');
icon("foreign-object", "HTML inside of the picture", "<foreignObject><body>x</body></foreignObject>");
icon("outside-use", "a part from another server", '<use xlink:href="https://evil.example/a.svg#b"/>');
icon("outside-paint", "a paint from another server", '<path style="fill: url( \'//evil.example/a\' )" d="M0 0"/>');
icon("embedded", "a picture in the address", '<image href="data:image/png;base64,AAAA"/>');
icon("scheme", "an address that runs, split by a line break", '<use href="java&#x0A;script:alert(1)"/>');
icon("style-import", "a style sheet from another server", "<style>@import 'https://evil.example/a.css'</style>");
icon("animated-link", "an animation that makes a link", '<set attributeName="href" to="javascript:alert(1)"/>');
icon("references", "parts that repeat each other a billion times", Array.from({ length: 30 }, (_, at) => `<g id="g${at}"><use href="#g${at + 1}"/><use href="#g${at + 1}"/></g>`).join(""));
save({ file: "icon-entity.svg", as: "icon", code: "icon.unsafe", note: "an entity that reads a file" }, '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>\n');
save({ file: "icon-html.svg", as: "icon", code: "icon.unsafe", note: "a page with the name of a picture" }, "<html><script>alert(1)</script></html>\n");

readme("script", "readme.active-content", "a script", "<script>alert(1)</script>");
readme("handler", "readme.active-content", "an event handler on a picture", '<img src="x" onerror="alert(1)">');
readme("frame", "readme.active-content", "a frame of another server", '<iframe src="//evil.example"></iframe>');
readme("form", "readme.active-content", "a form that asks for a password", '<form action="https://evil.example"><input type="password"></form>');
readme("refresh", "readme.active-content", "a page that leaves", '<meta http-equiv="refresh" content="0;url=https://evil.example">');
readme("link", "readme.unsafe-link", "a link that runs", "[docs](javascript:alert(1))");
readme("link-entities", "readme.unsafe-link", "a link that runs, in entities", "[docs](&#x6a;ava&Tab;script&colon;alert(1))");
readme("link-reference", "readme.unsafe-link", "a link that runs, by reference", "[docs]\n\n[docs]: <vbscript:x>");
readme("link-data", "readme.unsafe-link", "a link to a page of its own", "[docs](data:text/html;base64,PHNjcmlwdD4=)");
readme("link-html", "readme.unsafe-link", "an HTML link that runs", "<a href=' javascript:alert(1)'>docs</a>");

endpoint("metadata", "manifest.forbidden-host", "a cloud's metadata", "http://169.254.169.254/latest/meta-data/");
endpoint("metadata-name", "manifest.forbidden-host", "a cloud's metadata by name", "http://metadata.google.internal/computeMetadata/v1/");
endpoint("metadata-v6", "manifest.forbidden-host", "a cloud's metadata over IPv6", "http://[fd00:ec2::254]/latest/");
endpoint("metadata-mapped", "manifest.forbidden-host", "a cloud's metadata as an IPv6 address", "http://[::ffff:a9fe:a9fe]/");
endpoint("link-local", "manifest.forbidden-host", "link-local", "http://[fe80::1]/");
endpoint("unspecified", "manifest.forbidden-host", "no address at all", "http://0.0.0.0:8080/");
endpoint("multicast", "manifest.forbidden-host", "multicast", "http://224.0.0.251/");
endpoint("private-10", "manifest.private-address", "a private range", "http://10.0.0.1/admin", "H");
endpoint("private-192", "manifest.private-address", "the router of many homes", "http://192.168.1.1/", "H");
endpoint("private-v6", "manifest.private-address", "a private range of IPv6", "http://[fd12:3456::1]/", "H");
endpoint("private-name", "manifest.private-address", "a name without a dot", "http://router/", "H");
endpoint("number", "manifest.invalid-url", "an address as one number", "http://2130706433/");
endpoint("hexadecimal", "manifest.invalid-url", "an address in hexadecimal", "http://0x7f.0.0.1/");
endpoint("octal", "manifest.invalid-url", "an address in octal", "http://0177.0.0.1/");
endpoint("homograph", "manifest.invalid-url", "a Cyrillic letter in a known name", "https://\u0430pi.openai.com/v1");
endpoint("full-width", "manifest.invalid-url", "full-width digits", "http://\uff11\uff12\uff17.0.0.1/");
endpoint("percent", "manifest.invalid-url", "a host in percent signs", "https://ex%61mple.com/");
endpoint("no-slashes", "manifest.invalid-url", "a scheme without slashes", "https:example.com");
endpoint("scheme", "manifest.invalid-url", "another scheme", "gopher://example.com/");
endpoint("backslash", "manifest.invalid-url", "a backslash that some read as the end of the host", "https://example.com\\\\@evil.example/");
endpoint("user-info", "manifest.secret", "a name in front of the host", "https://api.example.com@evil.example/");

request("json", "another content type", '{"manifest":"services: []"}', "application/json", 415, "unsupported-media");
request("form-urlencoded", "the content type of plain forms", "manifest=services", "application/x-www-form-urlencoded", 415, "unsupported-media");
request("no-boundary", "no boundary", `${MANIFEST}--${BOUNDARY}--\r\n`, "multipart/form-data", 415, "unsupported-media");
request("wrong-boundary", "another boundary than the body's", `${MANIFEST}--${BOUNDARY}--\r\n`, "multipart/form-data; boundary=other");
request("empty", "nothing", "");
request("no-file", "fields and no file", `${part('name="publisher"', "harbour")}--${BOUNDARY}--\r\n`);
request("two-manifests", "two files of one name", `${MANIFEST}${MANIFEST}--${BOUNDARY}--\r\n`);
request("package-and-manifest", "a package and a manifest", `${MANIFEST}${part('name="package"; filename="package.zip"', "PK")}--${BOUNDARY}--\r\n`);
request("unknown-file", "a file part that nobody asked for", `${part('name="avatar"; filename="a.png"', "x")}--${BOUNDARY}--\r\n`);
request("many-parts", "more parts than a form has", `${MANIFEST}${Array.from({ length: 14 }, (_, at) => part(`name="field${at}"`, "x")).join("")}--${BOUNDARY}--\r\n`);
request("long-field", "a field of 30 KB", `${MANIFEST}${part('name="publisher"', "x".repeat(30_000))}--${BOUNDARY}--\r\n`);
request("long-signature", "a signature of 30 KB", `${MANIFEST}${part('name="signature"; filename="a.asc"', "x".repeat(30_000))}--${BOUNDARY}--\r\n`);
request("nul-in-field", "NUL in a field", `${MANIFEST}${part('name="publisher"', "har\0bour")}--${BOUNDARY}--\r\n`);
request("cut-off", "no end", MANIFEST.slice(0, -6));

writeFileSync(join(import.meta.dirname, "cases.json"), `[\n${cases.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]\n`);
