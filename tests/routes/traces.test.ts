import { afterAll, beforeAll, expect, test } from "vitest";
import { makePerson, makePublisher, makeToken, uniqueName } from "#tests/support/accounts.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { sendPublish } from "#tests/support/publish-form.ts";
import { startTestServer, type TestServer } from "#tests/support/start-test-server.ts";
import { startTraceReceiver, type ReceivedSpan, type TraceReceiver } from "#tests/support/trace-receiver.ts";
import { waitFor } from "#tests/support/wait-for.ts";

let receiver: TraceReceiver;
let server: TestServer;

beforeAll(async () => {
  receiver = await startTraceReceiver();
  server = await startTestServer({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, LOG_LEVEL: "info" } });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await receiver.close();
});

const spansOf = (traceId: string) => receiver.spans.filter((span) => span.traceId === traceId);
const logLines = () => server.output().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);

/** True when the parents of a span, one after the other, lead to the other. */
function leadsTo(spans: ReceivedSpan[], from: ReceivedSpan, to: ReceivedSpan): boolean {
  for (let current: ReceivedSpan | undefined = from; current !== undefined; current = spans.find((span) => span.spanId === current?.parentSpanId)) if (current === to) return true;
  return false;
}

test("a publish is one trace: web, queue, worker, database and storage", { timeout: 120_000 }, async () => {
  const owner = await makePerson(server.deps);
  const publisher = await makePublisher(server.deps, owner);
  const token = await makeToken(server.deps, owner, ["publish", "read"]);
  const response = await sendPublish(server, token, { publisher, manifest: serviceManifest(uniqueName("traced")) });
  expect(response.status).toBe(202);
  const requestId = response.headers.get("x-request-id") ?? "";
  const [, traceId = ""] = (response.headers.get("traceresponse") ?? "").split("-");
  const spans = await waitFor("the worker's spans", async () => {
    const all = spansOf(traceId);
    return all.some((span) => span.name === "job submission.check") && all.some((span) => span.name === "POST /api/v1/publish") ? all : undefined;
  });
  const find = (what: (span: ReceivedSpan) => boolean): ReceivedSpan => {
    const found = spans.find(what);
    if (found === undefined) throw new Error(`no such span among:\n${spans.map((span) => `${span.service} ${span.scope} ${span.name}`).join("\n")}`);
    return found;
  };
  const web = find((span) => span.service === "kos-web" && span.name === "POST /api/v1/publish" && span.scope === "kos");
  expect(web.attributes).toMatchObject({ "http.route": "/api/v1/publish", "http.response.status_code": "202", "kos.request_id": requestId });
  const job = find((span) => span.service === "kos-worker" && span.name === "job submission.check");
  for (const span of [
    find((one) => one.service === "kos-web" && one.name === "enqueue submission.check"),
    find((one) => one.service === "kos-web" && one.name === "storage put"),
    find((one) => one.service === "kos-web" && one.name.startsWith("prisma:client:db_query")),
    job,
  ]) expect(leadsTo(spans, span, web), `${span.name} below the request`).toBe(true);
  for (const span of [
    find((one) => one.service === "kos-worker" && one.name.startsWith("storage get")),
    find((one) => one.service === "kos-worker" && one.name.startsWith("prisma:client:db_query")),
  ]) expect(leadsTo(spans, span, job), `${span.name} below the job`).toBe(true);
  const line = await waitFor("the job's line", async () => logLines().find((one) => one["msg"] === "job" && one["job"] === "submission.check"));
  expect(line).toMatchObject({ requestId, traceId, attempt: 1, outcome: "done" });
  expect(logLines().find((one) => one["msg"] === "request" && one["requestId"] === requestId)).toMatchObject({ traceId, route: "/api/v1/publish", method: "POST", status: 202 });
});

test("a caller's trace goes on, and nothing of a query or a credential is in it", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const secret = "one-time-secret-in-a-link-0123456789";
  await server.request(`/sign-in/link?token=${secret}`, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, cookie: `kos-session=${secret}`, authorization: `Bearer ${secret}` } });
  const root = await waitFor("the request's span", async () => spansOf(traceId).find((span) => span.scope === "kos"));
  expect(root).toMatchObject({ name: "GET /sign-in/link", parentSpanId: "00f067aa0ba902b7", service: "kos-web" });
  expect(JSON.stringify(receiver.spans)).not.toContain(secret);
  expect(server.output()).not.toContain(secret);
});

test("polls, health looks and housekeeping begin no trace", async () => {
  await server.request("/api/feed.json");
  await server.request("/readyz");
  const { traceId } = await waitFor("a request's span after them", async () => {
    await server.request("/taxonomy");
    return receiver.spans.find((span) => span.name === "GET /taxonomy");
  });
  expect(traceId).not.toBe("");
  const roots = receiver.spans.filter((span) => !receiver.spans.some((other) => other.spanId === span.parentSpanId) && span.parentSpanId === "");
  expect(new Set(roots.map((span) => span.scope))).toEqual(new Set(["kos"]));
});
