import { Forbidden } from "#components/console/account/forbidden.tsx";

export default function AdminForbidden() {
  return <Forbidden title="Administration" who="Administrators" />;
}
