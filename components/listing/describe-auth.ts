import type { ServiceManifest } from "@kosmarket/kit";

/** How a service wants to be addressed, in one sentence; secrets are named by their environment variable. */
export function describeAuth(auth: ServiceManifest["auth"]): string {
  switch (auth.type) {
    case "none":
      return "None needed.";
    case "bearer_token":
      return `Bearer token, which the host reads from \`${auth.token_env}\`.`;
    case "api_key":
      return `API key in ${auth.query ? `the query parameter \`${auth.query}\`` : `the header \`${auth.header ?? "Authorization"}\``}, read from \`${auth.token_env}\`.`;
    case "basic":
      return `User name and password, read from \`${auth.username_env}\` and \`${auth.password_env}\`.`;
    case "oauth2":
      return `OAuth 2, with tokens from ${auth.token_url}.`;
  }
}
