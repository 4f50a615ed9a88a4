import { makeProblem } from "../problem.ts";
import type { Problem, ProblemInput } from "../problem.ts";
import { toPointer } from "../json-pointer.ts";
import { classifyHost } from "./classify-host.ts";
import { parseUrl } from "./judge-url.ts";

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/**
 * The rules of a services file that join several fields. They read the raw data,
 * so that they speak even when other fields are wrong. Problems carry a pointer
 * and no place yet.
 *
 * @param publishing also require what publishing requires: one service, with a version
 */
export function checkServiceRules(root: unknown, publishing: boolean): Problem[] {
  const services = isFields(root) && Array.isArray(root.services) ? root.services : [];
  const entries = services.map((entry: unknown, index) => ({ entry, path: ["services", index] as const }));
  const each = entries.flatMap(({ entry, path }) => (isFields(entry) ? checkEntry(entry, path, publishing) : []));
  return [...each, ...checkUniqueIds(services), ...(publishing ? checkSingle(services) : [])];
}

function checkEntry(entry: Fields, path: Path, publishing: boolean): Problem[] {
  return [
    ...checkEndpointOrLaunch(entry, path),
    ...checkPrivateEndpoint(entry, path),
    ...checkApiKeyPlace(entry.auth, [...path, "auth"]),
    ...checkRepeats(entry.capabilities, [...path, "capabilities"]),
    ...checkEndpointIds(entry.endpoints, [...path, "endpoints"]),
    ...checkParameters(entry.parameters, [...path, "parameters"]),
    ...(publishing ? checkHasVersion(entry, path) : []),
  ];
}

function checkEndpointOrLaunch(entry: Fields, path: Path): Problem[] {
  if (entry.endpoint !== undefined || entry.launch !== undefined) return [];
  const suggestion = "Add `endpoint: https://...`, or `launch:` for a service that the host starts.";
  return [at(path, { code: "manifest.endpoint-or-launch", detail: "The service says neither where it answers nor how to start it.", suggestion })];
}

// Another machine stands there in every host's network: a person asks what is meant. The host's own is a local service.
function checkPrivateEndpoint(entry: Fields, path: Path): Problem[] {
  const url = typeof entry.endpoint === "string" ? parseUrl(entry.endpoint) : null;
  if (url === null || classifyHost(url.hostname) !== "private") return [];
  const detail = `\`${url.hostname}\` is another machine in every network.`;
  return [at([...path, "endpoint"], { code: "manifest.private-address", severity: "H", detail, suggestion: "Name a public host, or `localhost` for a service on the host itself." })];
}

function checkApiKeyPlace(auth: unknown, path: Path): Problem[] {
  if (!isFields(auth) || auth.type !== "api_key") return [];
  if (auth.header === undefined && auth.query === undefined) {
    return [at(path, { code: "manifest.missing-field", detail: "An API key travels in a header or in the query: name one.", suggestion: "Add `header: x-api-key` or `query: key`." })];
  }
  if (auth.header === undefined || auth.query === undefined) return [];
  return [at([...path, "query"], { code: "manifest.invalid-value", detail: "An API key travels in a header or in the query, not in both.", suggestion: "Remove `header` or `query`." })];
}

function checkHasVersion(entry: Fields, path: Path): Problem[] {
  if (entry.version !== undefined) return [];
  const detail = "The field `version` is required for publishing.";
  return [at([...path, "version"], { code: "manifest.missing-field", detail, suggestion: 'Add `version: "1.0.0"`.' })];
}

function checkEndpointIds(endpoints: unknown, path: Path): Problem[] {
  if (!Array.isArray(endpoints)) return [];
  const seen = new Set<unknown>();
  return endpoints.flatMap((endpoint: unknown, index) => {
    if (!isFields(endpoint) || typeof endpoint.id !== "string") return [];
    const isRepeat = seen.has(endpoint.id);
    seen.add(endpoint.id);
    const detail = `Another endpoint has the id \`${endpoint.id}\`.`;
    return isRepeat ? [at([...path, index, "id"], { code: "manifest.duplicate-id", detail })] : [];
  });
}

function checkParameters(parameters: unknown, path: Path): Problem[] {
  if (!isFields(parameters)) return [];
  return Object.entries(parameters).flatMap(([capability, list]) =>
    Array.isArray(list)
      ? list.flatMap((parameter: unknown, index) => (isFields(parameter) ? checkParameter(parameter, [...path, capability, index]) : []))
      : [],
  );
}

function checkParameter(parameter: Fields, path: Path): Problem[] {
  const problems: Problem[] = [];
  const expected = { string: "string", number: "number", boolean: "boolean" }[String(parameter.type)];
  if (expected !== undefined && parameter.default !== undefined && typeof parameter.default !== expected) {
    problems.push(at([...path, "default"], { code: "manifest.invalid-type", detail: `The default must be a ${expected}, as \`type\` says.` }));
  }
  if (parameter.type === "select" && parameter.options === undefined && parameter.options_endpoint === undefined) {
    const suggestion = "Add `options`, or `options_endpoint` with the value and label keys.";
    problems.push(at([...path, "options"], { code: "manifest.missing-field", detail: "A selection needs options to choose from.", suggestion }));
  }
  if (Array.isArray(parameter.range) && Number(parameter.range[0]) > Number(parameter.range[1])) {
    problems.push(at([...path, "range"], { code: "manifest.out-of-range", detail: "The range's lowest value is above its highest." }));
  }
  return problems;
}

function checkUniqueIds(services: readonly unknown[]): Problem[] {
  const seen = new Set<unknown>();
  return services.flatMap((entry, index) => {
    if (!isFields(entry) || typeof entry.id !== "string") return [];
    const isRepeat = seen.has(entry.id);
    seen.add(entry.id);
    const detail = `Another service in this file has the id \`${entry.id.slice(0, 64)}\`.`;
    return isRepeat ? [at(["services", index, "id"], { code: "manifest.duplicate-id", detail })] : [];
  });
}

function checkSingle(services: readonly unknown[]): Problem[] {
  if (services.length < 2) return [];
  const detail = `The file declares ${services.length} services; one is published at a time.`;
  return [at(["services", 1], { code: "manifest.not-one-service", detail, suggestion: "Put each service in a file of its own." })];
}

/** Warns of entries that a list of words names twice. */
export function checkRepeats(list: unknown, path: Path): Problem[] {
  if (!Array.isArray(list)) return [];
  const seen = new Set<string>();
  return list.flatMap((item: unknown, index) => {
    if (typeof item !== "string") return [];
    const isRepeat = seen.has(item);
    seen.add(item);
    if (!isRepeat) return [];
    const detail = `\`${item.slice(0, 60)}\` already stands in this list.`;
    return [at([...path, index], { code: "manifest.duplicate-item", severity: "W", detail, suggestion: "Remove one of the two." })];
  });
}

function at(path: Path, problem: ProblemInput): Problem {
  return makeProblem({ check: "manifest", pointer: toPointer(path), ...problem });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
