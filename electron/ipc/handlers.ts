import type { CallHandlers } from './answer';
import type { HandlerServices } from './handlers/handler-services';
import { auditHandlers } from './handlers/audit-handlers';
import { careHandlers } from './handlers/care-handlers';
import { configHandlers } from './handlers/config-handlers';
import { filesHandlers } from './handlers/files-handlers';
import { exportHandlers } from './handlers/export-handlers';
import { groupHandlers } from './handlers/group-handlers';
import { historyHandlers } from './handlers/history-handlers';
import { logHandlers } from './handlers/log-handlers';
import { messagesHandlers } from './handlers/messages-handlers';
import { panelHandlers } from './handlers/panel-handlers';
import { retentionHandlers } from './handlers/retention-handlers';
import { presetsHandlers } from './handlers/presets-handlers';
import { queueHandlers } from './handlers/queue-handlers';
import { runHandlers } from './handlers/run-handlers';
import { scriptsHandlers } from './handlers/scripts-handlers';
import { updateHandlers } from './handlers/update-handlers';
import { sessionHandlers } from './handlers/session-handlers';
import { alarmsHandlers, metadataHandlers, valuesHandlers } from './handlers/values-handlers';

/** The handler of every call of the contract. Each is thin: it names the service that does the work. */
export function createHandlers(services: HandlerServices): CallHandlers {
  return {
    ...panelHandlers(services),
    ...runHandlers(services),
    ...scriptsHandlers(services),
    ...logHandlers(services),
    ...sessionHandlers(services),
    ...messagesHandlers(services),
    ...historyHandlers(services),
    ...filesHandlers(services),
    ...exportHandlers(services),
    ...retentionHandlers(services),
    ...configHandlers(services),
    ...updateHandlers(services),
    ...metadataHandlers(services),
    ...valuesHandlers(services),
    ...alarmsHandlers(services),
    ...presetsHandlers(services),
    ...queueHandlers(services),
    ...groupHandlers(services),
    ...auditHandlers(services),
    ...careHandlers(services),
  };
}
