import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { IdentitySummaryView } from "#lib/accounts/schema.ts";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { ConnectProvider } from "#components/console/settings/connect-provider.tsx";

interface IdentityListProps {
  email: string;
  identities: readonly IdentitySummaryView[];
  providers: readonly { id: string; name: string }[];
}

/** What signs in to the account: the e-mail link always, connected identities, and providers that may be connected. */
export function IdentityList({ email, identities, providers }: IdentityListProps) {
  const open = providers.filter(({ id }) => !identities.some(({ provider }) => provider === id));
  return (
    <ul className="divide-y text-14">
      <Way title="Link by e-mail" detail={<span className="break-all">{email}</span>} />
      {identities.map((identity) => (
        <Way
          key={identity.id}
          title={identity.providerName}
          detail={
            <>
              {identity.label === null ? null : <span className="break-all">{identity.label}, </span>}
              connected <RelativeTime at={identity.createdAt} />, {identity.lastUsedAt === null ? "not used yet" : <>last used <RelativeTime at={identity.lastUsedAt} /></>}
            </>
          }
          action={<ConfirmButton
              danger
              label="Disconnect"
              name={`Disconnect ${identity.providerName}`}
              title={`Disconnect ${identity.providerName}?`}
              description="It no longer signs in to this account. A link by e-mail still does."
              keep="Keep it"
              path={`/api/v1/identities/${identity.id}`}
              method="DELETE"
            />}
        />
      ))}
      {open.map(({ id, name }) => (
        <Way key={id} title={name} detail="Not connected" action={<ConnectProvider id={id} name={name} />} />
      ))}
    </ul>
  );
}

function Way({ title, detail, action }: { title: string; detail: ReactNode; action?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-13 text-grey-11">{detail}</p>
      </div>
      {action}
    </li>
  );
}
