import { Button } from "#components/ui/button.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { describeBytes } from "#components/console/describe-amount.ts";
import type { Publishing } from "#components/console/publish/use-publishing.ts";

/** Where a publish is right now: signing, bytes on their way, or being taken in. */
export function SendingState({ publishing, onStop }: { publishing: Publishing; onStop: () => void }) {
  if (publishing.phase === "idle" || publishing.phase === "failed") return null;
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {publishing.phase === "signing" ? <Progress label="Signing in this page" value={null} max={1} /> : null}
      {publishing.phase === "opening" ? <Progress label={`Accepted ${publishing.listing} ${publishing.version}; opening the submission`} value={1} max={1} /> : null}
      {publishing.phase === "sending" ? <Sending progress={publishing.progress} onStop={onStop} /> : null}
    </div>
  );
}

function Sending({ progress, onStop }: { progress: { sentBytes: number; totalBytes: number } | null; onStop: () => void }) {
  if (progress === null) return <Progress label="Uploading" value={null} max={1} detail="starting" />;
  const arrived = progress.sentBytes >= progress.totalBytes;
  return (
    <>
      <Progress
        label={arrived ? "Checking signature and version" : "Uploading"}
        value={arrived ? null : progress.sentBytes}
        max={progress.totalBytes}
        detail={arrived ? "the file has arrived" : `${describeBytes(progress.sentBytes)} of ${describeBytes(progress.totalBytes)}`}
      />
      {arrived ? null : (
        <div>
          <Button size="sm" onClick={onStop}>
            Stop the upload
          </Button>
        </div>
      )}
    </>
  );
}
