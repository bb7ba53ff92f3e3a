import type { MessagesChoice, PlaceKind, PlaceText } from './place-draft';

/** The choices under "Where scripts run". */
export const placeChoices: { value: PlaceKind; label: string }[] = [
  { value: 'local', label: 'This machine' },
  { value: 'docker', label: 'Container' },
  { value: 'compose', label: 'Compose service' },
  { value: 'ssh', label: 'Another machine (ssh)' },
];

/** What each choice means. */
export const placeHints: Record<PlaceKind, string> = {
  local: 'As the user who runs the panel.',
  docker: 'In a container that is up. The panel needs nothing in it but Python 3.6 or newer.',
  compose:
    'In a service of a compose file that is up. The panel needs nothing in it but Python 3.6 or newer.',
  ssh: 'Over ssh with your own configuration, without questions: keys yes, passwords no. The panel needs nothing there but Python 3.6 or newer.',
};

/** The folder that a script starts in where the file says nothing. */
export const startFolders: Record<PlaceKind, string> = {
  local: 'Your home folder',
  docker: 'The user’s home folder there',
  compose: 'The user’s home folder there',
  ssh: 'Your home folder there',
};

/** The folder of the runs where the file says nothing. */
export const runsDefaults: Record<PlaceKind, string> = {
  local: '',
  docker: '/tmp/smurf-panel/runs',
  compose: '/tmp/smurf-panel/runs',
  ssh: '~/.smurf-panel/runs',
};

interface FieldName {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
}

/** What the fields that only some kinds have are called. */
export const fieldNames: Record<PlaceText, FieldName> = {
  container: { label: 'Container', description: 'Its name, as docker ps lists it' },
  service: { label: 'Service', description: 'Its name in the compose file' },
  file: {
    label: 'Compose file',
    description: 'A path on this machine',
    placeholder: 'The one that the program finds by itself',
  },
  project: { label: 'Project', placeholder: 'The one that the file or its folder names' },
  program: { label: 'Program', description: 'docker, podman, or a path of either', placeholder: 'docker' },
  user: { label: 'User', description: 'A name or a number', placeholder: 'The container’s own user' },
  host: { label: 'Host', description: 'What you would type after ssh' },
  runs: { label: 'Folder for runs', description: 'There; it holds a folder for each run' },
};

/** The choices under "Messages". */
export function messagesChoices(kind: PlaceKind): { value: MessagesChoice; label: string }[] {
  return [
    {
      value: 'default',
      label: kind === 'local' ? 'Default: straight to the listener' : 'Default: recorded where scripts run',
    },
    { value: 'direct', label: 'Straight to the panel’s listener' },
    { value: 'recorded', label: 'Recorded by the supervisor where scripts run' },
  ];
}

/** What the way of the messages means for the operator. */
export function messagesHint(isRecorded: boolean): string {
  return isRecorded
    ? 'The supervisor records what a script publishes, and the panel reads it from there: no firewall to open, and nothing lost while the panel is away.'
    : 'A script’s messages come to the panel’s listener by UDP. What it publishes while the panel is closed is not heard.';
}
