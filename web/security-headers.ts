import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "#lib/platform/index.ts";

/** For answers that are data, an icon opened by itself included: nothing in them loads, runs or is framed. */
const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Sets what every answer carries. The policy's nonce, returned, travels to Next on the request, which puts it on every script that it writes. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, input: { config: Config; pathname: string; requestId: string }): string {
  const nonce = randomBytes(16).toString("base64");
  const https = input.config.publicUrl.startsWith("https:");
  const policy = pagePolicy(input.config, nonce, https);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  // What is set here stands: a route handler's own value would be dropped.
  response.setHeader("content-security-policy", isData(input.pathname) ? DATA_POLICY : policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  response.setHeader("x-request-id", input.requestId);
  if (https) response.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains");
  return nonce;
}

function isData(pathname: string): boolean {
  return pathname.startsWith("/api/v1/") || pathname.startsWith("/log/");
}

function pagePolicy(config: Config, nonce: string, https: boolean): string {
  // Downloads are redirects to the object store: its origin must be allowed for the in-page fetches that verify them.
  const endpoint = config.s3?.publicEndpoint ?? config.s3?.endpoint ?? null;
  const objects = endpoint === null ? "" : ` ${new URL(endpoint).origin}`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${process.env["KOS_DEV"] === "1" ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${objects}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
