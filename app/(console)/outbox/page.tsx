import type { Metadata } from "next";
import { headers } from "next/headers";
import { OutboxList } from "#components/console/admin/outbox-list.tsx";
import { OutboxMessage } from "#components/console/admin/outbox-message.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { Alert } from "#components/ui/alert.tsx";
import { mailDelivery, readOutbox } from "#lib/mail/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { viewer } from "../../_session.ts";
import { StatusPage } from "../../_status-page.tsx";

export const metadata: Metadata = { title: "Development outbox", referrer: "same-origin" };

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

interface OutboxProps {
  searchParams: Promise<{ mail?: string | string[] }>;
}

/**
 * Mail of an instance without a mail server. The messages hold sign-in links, so the page is open only while the
 * registry listens and is addressed on loopback, by this request too (a foreign name that resolves to this machine
 * makes another site's page our own in the browser's eyes); elsewhere it takes an administrator.
 */
export default async function OutboxPage({ searchParams }: OutboxProps) {
  if (mailDelivery() === "smtp") return <StatusPage status={404} />;
  const deps = await runtime();
  const asked = URL.parse(`http://${(await headers()).get("host") ?? ""}`)?.hostname ?? "";
  const local = [deps.config.host, new URL(deps.config.publicUrl).hostname, asked].every((name) => LOOPBACK.has(name));
  if (!local && !(await viewer())?.roles.includes("administrator")) return <StatusPage status={404} />;
  const mails = await readOutbox(deps);
  const { mail: wanted } = await searchParams;
  const open = mails.find((mail) => mail.id === wanted) ?? mails[0] ?? null;
  return (
    <ConsolePage title="Development outbox" lead="Messages that would have been sent, newest first.">
      <Alert kind="warning" title="This is a development double, not a mail server">
        Nothing here left this machine. Set <code className="text-13">SMTP_URL</code> and this page disappears.
      </Alert>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <OutboxList mails={mails} open={open?.id ?? null} />
        {open === null ? null : <OutboxMessage mail={open} />}
      </div>
    </ConsolePage>
  );
}
