import { ApiProblem, readProblem, unreachable } from "#components/console/api/api-problem.ts";
import { askForStepUp } from "#components/console/step-up/ask-for-step-up.ts";

interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with `contentType`. */
  text?: string;
  contentType?: string;
  form?: FormData;
  signal?: AbortSignal;
}

/**
 * Calls the registry's HTTP API with the session of this browser and returns
 * the parsed JSON (`null` for an empty answer). Where the step takes a fresh
 * proof, the person is asked for it and the request is sent once more.
 *
 * @throws ApiProblem for every answer of 400 and above, and when none came.
 */
export async function callApi<T>(path: string, options: CallOptions = {}): Promise<T> {
  const body = await readProven(path, options, "application/json");
  return (body === "" ? null : JSON.parse(body)) as T;
}

/** Like `callApi`, for answers that are kept as text, such as the files of a submission. */
export async function callApiForText(path: string, signal?: AbortSignal): Promise<string> {
  return await readProven(path, signal ? { signal } : {}, "text/plain");
}

async function readProven(path: string, options: CallOptions, accept: string): Promise<string> {
  try {
    return await read(path, options, accept);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.answer.code === "step-up-required") || !(await askForStepUp())) throw error;
    return await read(path, options, accept);
  }
}

async function read(path: string, options: CallOptions, accept: string): Promise<string> {
  const response = await send(path, options, accept);
  const body = await response.text();
  if (!response.ok) throw readProblem(response.status, body);
  return body;
}

async function send(path: string, options: CallOptions, accept: string): Promise<Response> {
  const headers = new Headers({ accept });
  let body: string | FormData | undefined;
  if (options.json !== undefined) {
    headers.set("content-type", "application/json");
    body = JSON.stringify(options.json);
  } else if (options.text !== undefined) {
    headers.set("content-type", options.contentType ?? "text/plain");
    body = options.text;
  } else if (options.form) {
    body = options.form;
  }
  try {
    return await fetch(path, {
      method: options.method ?? "GET",
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
}
