import Link from "next/link";
import { ConfirmButton } from "#components/console/confirm-button.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";
import type { TransferDetailView } from "#lib/teams/schema.ts";

const LOSES = "Its trust level starts again at unverified, and what the former publisher has in review is withdrawn. What was published stays as it was signed.";

interface TransferListProps {
  transfers: readonly TransferDetailView[];
  /** Publishers that the reader owns: their side decides which answers are offered. */
  owned: readonly string[];
}

/** Listings on their way between publishers. */
export function TransferList({ transfers, owned }: TransferListProps) {
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {transfers.map((transfer) => (
        <li key={transfer.id} className="flex flex-col gap-2 p-4">
          <p>
            <Link href={`/listings/${transfer.listing.id}`} className="link font-medium">
              {transfer.listing.name}
            </Link>{" "}
            from {transfer.from.name} to {transfer.to.name}
          </p>
          <p className="text-13 break-words text-grey-11">
            {transfer.reason} · {transfer.state === "open" ? <>open until <ExactDate at={transfer.expiresAt} /></> : <>{transfer.state}, offered <ExactDate at={transfer.createdAt} /></>}
          </p>
          {transfer.state === "open" ? <TransferAnswers transfer={transfer} owned={owned} /> : null}
        </li>
      ))}
    </ul>
  );
}

function TransferAnswers({ transfer, owned }: { transfer: TransferDetailView; owned: readonly string[] }) {
  const path = (verb: string) => `/api/v1/transfers/${transfer.id}/${verb}`;
  const { name } = transfer.listing;
  return (
    <div className="flex flex-wrap gap-2">
      {owned.includes(transfer.to.slug) ? (
        <>
          <ConfirmButton label="Accept" name={`Accept ${name}`} title={`Take ${name} over?`} description={`${transfer.to.name} publishes it from then on. ${LOSES}`} verb="Take it over" keep="Not now" path={path("accept")} />
          <ConfirmButton label="Decline" name={`Decline ${name}`} title={`Decline ${name}?`} description={`It stays with ${transfer.from.name}.`} verb="Decline" keep="Not now" path={path("decline")} />
        </>
      ) : null}
      {owned.includes(transfer.from.slug) ? <ConfirmButton label="Withdraw" name={`Withdraw the offer of ${name}`} title="Withdraw this offer?" description={`${name} stays with ${transfer.from.name}.`} verb="Withdraw offer" keep="Leave it open" path={path("withdraw")} /> : null}
    </div>
  );
}
