/** A JSON Schema as far as the interface's own description uses it. */
export interface ApiSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  contentMediaType?: string;
  items?: ApiSchema;
  anyOf?: ApiSchema[];
  properties?: Record<string, ApiSchema>;
  required?: string[];
  additionalProperties?: boolean | ApiSchema;
}

export interface ApiParameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: ApiSchema;
}

type ApiContent = Record<string, { schema: ApiSchema }>;

export interface ApiOperation {
  summary: string;
  operationId: string;
  /** Who may call, and how often. */
  description: string;
  parameters: ApiParameter[];
  requestBody?: { content: ApiContent };
  security?: unknown[];
  responses: Record<string, { content?: ApiContent }>;
}

/** The OpenAPI document that `/api/openapi.json` answers with, as far as the readable form of it needs. */
export interface ApiDocument {
  servers: { url: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, ApiSchema> };
}

export interface ApiSection {
  id: string;
  title: string;
  lead: string;
  paths: [string, Record<string, ApiOperation>][];
}

/** Sections by the beginning of a path, most particular first where two fit; the last takes what is left. */
const SECTIONS = [
  { id: "feed", title: "Feed and downloads", lead: "What a host polls. Both feed addresses answer the same bytes, with a strong entity tag.", begins: /^\/(api\/(feed|service)|\.kai)/ },
  { id: "listings", title: "Listings", lead: "Search, one listing, its versions, and what a publisher may say of a version afterwards.", begins: /^\/api\/v1\/listings/ },
  { id: "publishing", title: "Publishing", lead: "A dry run, the submission itself, and the way for large files.", begins: /^\/api\/v1\/(validate|publish$|uploads)/ },
  { id: "submissions", title: "Submissions and review", lead: "Where a version stands, and the decision on it.", begins: /^\/api\/v1\/(submissions|review)/ },
  { id: "publishers", title: "Publishers and keys", lead: "Names, members, and the certificates that signatures are held against.", begins: /^\/api\/v1\/publishers/ },
  { id: "access", title: "Tokens and sessions", lead: "A token can do less than its owner, never more.", begins: /^\/api\/v1\/(tokens|session)/ },
  { id: "documents", title: "Documents", lead: "Vocabulary, schemas, the registry's own certificate, and feeds for readers and search engines.", begins: /^/ },
] as const;

/** Every path under the first section that it belongs to; empty sections are left out. */
export function sectionsOf(document: ApiDocument): ApiSection[] {
  const sections: ApiSection[] = SECTIONS.map(({ id, title, lead }) => ({ id, title, lead, paths: [] }));
  for (const entry of Object.entries(document.paths)) {
    sections[SECTIONS.findIndex((section) => section.begins.test(entry[0]))]?.paths.push(entry);
  }
  return sections.filter((section) => section.paths.length > 0);
}
