export { nextAuthAdapter } from "./next-auth-adapter.ts";
export { requireRecentSignIn, requireRole, requireScope, type Principal } from "./principal.ts";
export { createPublisher, listMembers, requireMember, setMember, type PublisherRight, type PublisherRow } from "./publishers.ts";
export { readViewer } from "./read-viewer.ts";
export { sessionCookie } from "./session-cookie.ts";
export { createSession, endSession, readSession } from "./sessions.ts";
export { createSignInLink, useSignInLink } from "./sign-in-links.ts";
export { createToken, listTokens, readToken, revokeToken } from "./tokens.ts";
export { ensureUser, grantRole, requireEmail, requireUser, rolesOf, type UserRow } from "./users.ts";
