import { userInfo } from 'node:os';

/**
 * Who works with this panel, for the audit: the system's name of the user. A user id without an entry, as in a container
 * or while the laboratory's directory service is away, has none; then the environment's word or the number stands in.
 * It must not throw: an abort is audited before it is sent.
 */
export function operatorName(
  environment: NodeJS.ProcessEnv = process.env,
  systemName: () => string = () => userInfo().username,
): string {
  try {
    return systemName();
  } catch {
    return environment['USER'] ?? environment['LOGNAME'] ?? `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
