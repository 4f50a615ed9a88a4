"use client";

import { Alert } from "#components/ui/alert.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { DeviceGrantView } from "#lib/accounts/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface DeviceAnswerProps {
  grant: DeviceGrantView;
  onAnswer: (answer: "approved" | "denied") => void;
  onBack: () => void;
}

/** What asks, from where and for what, with the warning that belongs to it and the two answers. */
export function DeviceAnswer({ grant, onAnswer, onBack }: DeviceAnswerProps) {
  const send = (verb: "approve" | "deny") => async () => {
    await callApi(`/api/v1/device/${verb}`, { method: "POST", json: { userCode: grant.userCode } });
    onAnswer(verb === "approve" ? "approved" : "denied");
  };
  const approve = useAction(send("approve"));
  const deny = useAction(send("deny"));
  const facts = [
    { label: "Code", value: <code>{grant.userCode}</code> },
    { label: "Calls itself", value: <span className="[overflow-wrap:anywhere]">{grant.client}</span> },
    { label: "Asked", value: <RelativeTime at={grant.createdAt} /> },
    { label: "From network", value: <code>{grant.network ?? "unknown"}</code> },
    { label: "May then", value: <Scopes scopes={grant.scopes} /> },
    ...(grant.scopes.includes("keys") ? [{ label: "Keys, publishers", value: "for 5 minutes: to register a signing key, and to create a publisher" }] : []),
    { label: "For", value: grant.scopes.includes("review:decide") ? "24 hours" : "90 days, or until you revoke it" },
  ];
  return (
    <Panel title="Sign this device in?">
      <div className="flex flex-col gap-4">
        <Facts facts={facts} wide />
        <Alert kind="warning" title="Approve only what you started yourself, just now">
          <p>Whoever sent you a code or a link to this page would get to act in your name. Does the code stand in your own terminal?</p>
        </Alert>
        <ProblemAlert problem={approve.problem ?? deny.problem} />
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" pending={approve.busy} disabled={deny.busy} onClick={() => void approve.run()}>
            Approve
          </Button>
          <Button variant="danger" pending={deny.busy} disabled={approve.busy} onClick={() => void deny.run()}>
            Deny
          </Button>
          <Button onClick={onBack}>Another code</Button>
        </div>
      </div>
    </Panel>
  );
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.map((scope) => (
        <Badge key={scope} mono>
          {scope}
        </Badge>
      ))}
    </span>
  );
}
