import Link from "next/link";
import { Alert } from "#components/ui/alert.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ExactTime, RelativeTime } from "#components/ui/relative-time.tsx";
import type { AdminUserDetailView } from "#lib/admin/schema.ts";
import { EventTable } from "#components/console/admin/event-table.tsx";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { RoleForm } from "#components/console/admin/role-form.tsx";
import { TakeRole } from "#components/console/admin/take-role.tsx";
import { describeCount } from "#components/console/describe-amount.ts";

/** One account: what it may do, how it is signed in, what it did; and what an administrator may do about it. */
export function UserView({ user, own }: { user: AdminUserDetailView; own: boolean }) {
  const path = `/api/v1/admin/users/${user.id}`;
  return (
    <>
      {user.suspended === null || user.state === "deleted" ? null : (
        <Alert kind="error" title="This account is suspended.">
          Since <ExactTime at={user.suspended.at} />: {user.suspended.reason}
        </Alert>
      )}
      {user.state === "deleted" ? <Alert title="This account was deleted by its owner.">What it published and decided stays, under “a deleted account”.</Alert> : null}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Panel title="Account">
          <Facts
            facts={[
              { label: "Id", value: <code className="text-13 wrap-anywhere">{user.id}</code> },
              { label: "Name", value: user.name ?? "none chosen" },
              { label: "Since", value: <ExactTime at={user.createdAt} /> },
              { label: "Second factor", value: user.secondFactor ? "set up" : "none" },
              { label: "Tokens", value: describeCount(user.tokens, "token") },
              { label: "Publishers", value: user.publishers.length === 0 ? "none" : <PublisherLinks publishers={user.publishers} /> },
            ]}
          />
        </Panel>
        <Panel title="Roles">
          <div className="flex flex-col gap-4">
            {user.roles.length === 0 ? <p className="text-grey-11">A member: signed in, without a role.</p> : null}
            {user.roles.map((role) => (
              <div key={role} className="flex items-center justify-between gap-2">
                <Badge>{role}</Badge>
                <TakeRole role={role} userId={user.id} email={user.email} />
              </div>
            ))}
            {own ? <p className="text-13 text-grey-11">Nobody grants a role to oneself: another administrator does.</p> : user.state === "active" ? <RoleForm userId={user.id} email={user.email} held={user.roles} /> : null}
          </div>
        </Panel>
      </div>
      {user.state === "deleted" ? null : <Standing user={user} own={own} path={path} />}
      <div className="flex flex-col gap-2">
        <h2 className="text-16 font-semibold">Recent events</h2>
        <EventTable events={user.events} />
      </div>
    </>
  );
}

function PublisherLinks({ publishers }: { publishers: AdminUserDetailView["publishers"] }) {
  return (
    <span className="flex flex-wrap gap-x-2">
      {publishers.map((publisher) => (
        <span key={publisher.slug}>
          <Link href={`/publishers/${publisher.slug}`} className="link">
            {publisher.slug}
          </Link>{" "}
          <span className="text-13 text-grey-11">{publisher.role}</span>
        </span>
      ))}
    </span>
  );
}

function Standing({ user, own, path }: { user: AdminUserDetailView; own: boolean; path: string }) {
  const restore = <ConfirmButton label="Restore account" name={`Restore account: ${user.email}`} title={`Restore ${user.email}?`} description="The person may sign in again, and the account's tokens work again." path={`${path}/restore`} reason="audited" />;
  const suspend = (
    <ConfirmButton
      danger
      disabled={own}
      label="Suspend account"
      name={`Suspend account: ${user.email}`}
      title={`Suspend ${user.email}?`}
      description="Sessions end, tokens and links are refused, at once. What was published stays. The person is told by mail, with the reason."
      path={`${path}/suspend`}
      reason="audited"
    />
  );
  return (
    <Panel title="Sessions" aside={describeCount(user.sessions.length, "session")}>
      <div className="flex flex-col gap-4">
        <ul className="flex flex-col gap-1 text-14">
          {user.sessions.map((session) => (
            <li key={session.createdAt}>
              {session.device ?? "an unknown browser"}, by {session.method}, <RelativeTime at={session.lastUsedAt ?? session.createdAt} />
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <ConfirmButton label="End sessions" name={`End sessions: ${user.email}`} title={`End every session of ${user.email}?`} description="The person signs in anew. Tokens go on." path={`${path}/end-sessions`} disabled={user.sessions.length === 0} reason="audited" />
          {user.state === "suspended" ? restore : suspend}
        </div>
      </div>
    </Panel>
  );
}
