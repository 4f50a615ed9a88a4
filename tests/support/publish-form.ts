import type { TestServer } from "./start-test-server.ts";

export interface FormInput {
  publisher?: string;
  package?: Uint8Array;
  manifest?: Uint8Array;
  signature?: string | null;
  fileName?: string;
}

/** The multipart form that publishing and validating take. */
export function publishForm(input: FormInput): FormData {
  const form = new FormData();
  if (input.publisher !== undefined) form.set("publisher", input.publisher);
  if (input.package !== undefined) form.set("package", new Blob([new Uint8Array(input.package)]), input.fileName ?? "package.zip");
  if (input.manifest !== undefined) form.set("manifest", new Blob([new Uint8Array(input.manifest)]), input.fileName ?? "services.yaml");
  if (typeof input.signature === "string") form.set("signature", input.signature);
  return form;
}

/** Sends a form to the publish address with a token. */
export function sendPublish(server: Pick<TestServer, "request">, token: string, input: FormInput): Promise<Response> {
  return server.request("/api/v1/publish", { method: "POST", body: publishForm(input), headers: { authorization: `Bearer ${token}` } });
}

export interface ProblemAnswer {
  status: number;
  code: string;
  detail: string;
  title: string;
  type: string;
  requestId: string;
  errors?: { code: string; severity: string; file: string | null; line: number | null; column: number | null; detail: string }[];
  [member: string]: unknown;
}

/** Reads an answer as a problem document. Throws when it is none. */
export async function readProblem(response: Response): Promise<ProblemAnswer> {
  const type = response.headers.get("content-type") ?? "";
  const text = await response.text();
  if (!type.startsWith("application/problem+json")) throw new Error(`${response.status} ${type}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as ProblemAnswer;
}
