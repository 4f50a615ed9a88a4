"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { AdminMailDetailView } from "#lib/admin/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

/** The text of a message, fetched when it is asked for. */
export function ShowMail({ id, subject }: { id: string; subject: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const load = useAction(async () => {
    setText((await callApi<AdminMailDetailView>(`/api/v1/admin/mail/${id}`)).text);
  });
  const show = () => {
    setOpen(true);
    void load.run();
  };
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Read “${subject}”`} onClick={show}>
        Read
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={subject} description="Links that sign in or confirm are left out: nobody acts as somebody else here.">
        <ProblemAlert problem={load.problem} />
        {text === null ? null : text === "" ? <p className="text-14 text-grey-11">The text is not kept any more.</p> : <pre className="max-h-96 overflow-auto rounded-md border bg-grey-2 p-3 text-13 whitespace-pre-wrap wrap-anywhere">{text}</pre>}
      </Dialog>
    </>
  );
}
