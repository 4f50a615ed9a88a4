// The direction of the architecture (docs/architecture.md, "Direction"), read by dependency-cruiser:
//   npx depcruise --config .dependency-cruiser.cjs app components lib packages worker scripts server.ts tests
// Each rule is broken once below tests/architecture/planted, where tests/architecture/planted.test.ts sees it caught.

/** Each module of lib, lowest first, with the base modules that it may see; those above the base see all below them. */
const BASE = {
  platform: [],
  storage: ["platform"],
  http: ["platform"],
  jobs: ["platform"],
  audit: ["platform"],
  // The runtime opens the base once per process; mail, the last of the base, sends through what it opened.
  runtime: ["platform", "storage", "http", "jobs", "audit"],
  mail: ["platform", "storage", "http", "jobs", "audit", "runtime"],
  // The record stands beside mail: whoever changes something public writes its leaf in the same transaction.
  transparency: ["platform", "storage", "http", "jobs", "audit", "runtime"],
};
const ABOVE_THE_BASE = ["accounts", "trust", "provenance", "catalog", "artifacts", "submissions", "review", "teams", "workflows", "publishing", "analytics", "feed", "admin", "people"];

const allowed = { ...BASE };
for (const [place, module] of ABOVE_THE_BASE.entries()) allowed[module] = [...Object.keys(BASE), ...ABOVE_THE_BASE.slice(0, place)];

const layers = Object.entries(allowed).map(([module, below]) => ({
  name: `layer-${module}`,
  comment: `lib/${module} sees ${below.length === 0 ? "no other module" : `only ${below.join(", ")}`}: an effect that goes up travels as a job`,
  severity: "error",
  from: { path: `^lib/${module}/` },
  to: { path: "^lib/", pathNot: `^lib/(${[module, ...below].join("|")})/` },
}));

/** What a package of npm, or of Node, resolves to, wherever it is installed. */
const npm = (names) => `(^|/)node_modules/(${names.join("|")})/`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one thing, or a third is missing",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "An import that is not found would hide from every other rule",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    ...layers,
    {
      name: "every-module-has-a-layer",
      comment: "A new module of lib takes its place in the list above",
      severity: "error",
      from: { path: "^lib/", pathNot: `^lib/(${Object.keys(allowed).join("|")})/` },
      to: {},
    },
    {
      name: "module-internals",
      comment: "A module is reached through its index.ts, schema.ts or jobs.ts",
      severity: "error",
      from: { path: "^(app|components|lib|web|worker|scripts|bench|server\\.ts)", pathNot: "^lib/([^/]+)/" },
      // The supervisor reads the configuration before the database client, which platform's index.ts loads, is generated.
      to: { path: "^lib/[^/]+/", pathNot: ["^lib/[^/]+/(index|schema|jobs)\\.ts$", "^lib/platform/config\\.ts$"] },
    },
    {
      name: "module-internals-in-lib",
      comment: "The same between the modules of lib",
      severity: "error",
      from: { path: "^lib/([^/]+)/" },
      to: { path: "^lib/[^/]+/", pathNot: ["^lib/$1/", "^lib/[^/]+/(index|schema|jobs)\\.ts$"] },
    },
    {
      name: "lib-sees-no-process",
      comment: "lib does not know which process runs it",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|web|worker|scripts|tests|bench|server\\.ts|examples)" },
    },
    {
      name: "components-see-schemas",
      comment: "A component reads types and schemas, never the database behind them",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(lib|app|web|worker|scripts|tests|bench|server\\.ts|packages/(inspect|host))", pathNot: "^lib/[^/]+/schema\\.ts$" },
    },
    {
      name: "app-sees-no-process",
      comment: "Pages and routes share lib with the worker and the scripts, nothing else",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(web|worker|scripts|tests|bench|server\\.ts)" },
    },
    {
      name: "no-tests-in-the-product",
      comment: "What ships imports no test support",
      severity: "error",
      from: { path: "^(web|worker|scripts|server\\.ts|packages)" },
      to: { path: "^tests/" },
    },
    {
      name: "kit-is-alone",
      comment: "kit runs in browsers, hosts and servers: its own files and four packages",
      severity: "error",
      from: { path: "^packages/kit/" },
      to: { pathNot: ["^packages/kit/", npm(["zod", "yaml", "semver", "openpgp", "@types/semver"])], dependencyTypesNot: ["core"] },
    },
    {
      name: "kit-without-node",
      comment: "The same, and no built-in module of Node",
      severity: "error",
      from: { path: "^packages/kit/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "inspect-sees-kit",
      comment: "inspect runs in the command line too, without the server",
      severity: "error",
      from: { path: "^packages/inspect/" },
      to: { path: "^(app|components|lib|web|worker|scripts|tests|bench|server\\.ts|packages/host)" },
    },
    {
      name: "host-sees-kit-and-inspect",
      comment: "The command line is published without the server",
      severity: "error",
      from: { path: "^packages/host/" },
      to: { path: "^(app|components|lib|web|worker|scripts|tests|bench|server\\.ts)" },
    },
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "^(\\.next|\\.cache|tests/architecture/planted|tests/vectors|packages/host/dist|lib/platform/db/generated/(?!client\\.ts$))" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".cjs", ".json"] },
  },
};
