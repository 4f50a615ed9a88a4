import type { ReactNode } from "react";
import { ConsoleNav } from "#components/console/console-nav.tsx";
import { SigningSessionProvider } from "#components/console/keys/signing-session.tsx";
import { StepUpDialog } from "#components/console/step-up/step-up-dialog.tsx";
import { viewer } from "../_session.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const person = await viewer();
  return (
    <SigningSessionProvider>
      {person === null ? null : <ConsoleNav roles={person.roles} />}
      {children}
      {person === null ? null : <StepUpDialog />}
    </SigningSessionProvider>
  );
}
