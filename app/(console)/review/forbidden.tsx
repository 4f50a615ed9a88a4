import { Forbidden } from "#components/console/account/forbidden.tsx";

export default function ReviewForbidden() {
  return <Forbidden title="Review" who="Reviewers, security, council and administrators" />;
}
