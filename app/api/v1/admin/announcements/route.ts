import { createAnnouncement, listAnnouncements } from "#lib/admin/index.ts";
import { route } from "../../../_route.ts";

export const GET = route("GET /api/v1/admin/announcements", async ({ deps }) => ({ items: await listAnnouncements(deps), nextCursor: null }));

export const POST = route("POST /api/v1/admin/announcements", async ({ deps, principal, body }) => {
  const endsAt = body.endsAt === null || body.endsAt === undefined ? null : new Date(body.endsAt);
  return await createAnnouncement(deps, { principal, tone: body.tone, text: body.text, endsAt });
});
