import type { Rule } from '../rule.ts';
import { dropOrChangeView } from './bc/drop-or-change-view.ts';
import { nonLinearHistory } from './bc/non-linear-history.ts';
import { renameColumn } from './bc/rename-column.ts';
import { renameOrSetSchema } from './bc/rename-or-set-schema.ts';
import { renameTable } from './bc/rename-table.ts';
import { dropCascade } from './ds/drop-cascade.ts';
import { dropColumn } from './ds/drop-column.ts';
import { dropDatabase } from './ds/drop-database.ts';
import { dropOwned } from './ds/drop-owned.ts';
import { dropSchema } from './ds/drop-schema.ts';
import { dropSequenceOrExtension } from './ds/drop-sequence-or-extension.ts';
import { dropTable } from './ds/drop-table.ts';
import { duplicateColumnAssignment } from './ds/duplicate-column-assignment.ts';
import { renameLooksLikeDropAdd } from './ds/rename-looks-like-drop-add.ts';
import { unbatchedDml } from './ds/unbatched-dml.ts';
import { naming } from './hy/naming.ts';
import { notIdempotent } from './hy/not-idempotent.ts';
import { ownership } from './hy/ownership.ts';
import { policyColumns } from './hy/policy-columns.ts';
import { schemaUnqualified } from './hy/schema-unqualified.ts';
import { unusedSuppression } from './hy/unused-suppression.ts';
import { userGeneratedSql } from './hy/user-generated-sql.ts';
import { diskHeadroom } from './live/disk-headroom.ts';
import { hotTableDdl } from './live/hot-table-ddl.ts';
import { largeTableDdl } from './live/large-table-ddl.ts';
import { longTransactionAhead } from './live/long-transaction-ahead.ts';
import { replicationLag } from './live/replication-lag.ts';
import { sequenceNotReset } from './live/sequence-not-reset.ts';
import { xidOrIntCapacity } from './live/xid-or-int-capacity.ts';
import { addColumnConstrainedDomain } from './pg/add-column-constrained-domain.ts';
import { addColumnGeneratedStored } from './pg/add-column-generated-stored.ts';
import { addColumnIdentity } from './pg/add-column-identity.ts';
import { addColumnInlineCheck } from './pg/add-column-inline-check.ts';
import { addColumnInlineFk } from './pg/add-column-inline-fk.ts';
import { addColumnInlineUnique } from './pg/add-column-inline-unique.ts';
import { addColumnJson } from './pg/add-column-json.ts';
import { addColumnMultiPartition } from './pg/add-column-multi-partition.ts';
import { addColumnNotNullNoDefault } from './pg/add-column-not-null-no-default.ts';
import { addColumnSerial } from './pg/add-column-serial.ts';
import { addColumnVolatileDefault } from './pg/add-column-volatile-default.ts';
import { alterColumnTypeRewrite } from './pg/alter-column-type-rewrite.ts';
import { alterSystem } from './pg/alter-system.ts';
import { alterTypeCachedPlanBreak } from './pg/alter-type-cached-plan-break.ts';
import { alterTypeDependentView } from './pg/alter-type-dependent-view.ts';
import { attachPartitionNoCheck } from './pg/attach-partition-no-check.ts';
import { autovacuumDisabled } from './pg/autovacuum-disabled.ts';
import { banChar } from './pg/ban-char.ts';
import { changeColumnDropsNotNullOrCheck } from './pg/change-column-drops-not-null-or-check.ts';
import { changeDefaultPartialInserts } from './pg/change-default-partial-inserts.ts';
import { changeNullWithDefaultUpdate } from './pg/change-null-with-default-update.ts';
import { changeTableOpaque } from './pg/change-table-opaque.ts';
import { checkWithoutNotValid } from './pg/check-without-not-valid.ts';
import { cicCorruption } from './pg/cic-corruption.ts';
import { cicVsLockTimeout } from './pg/cic-vs-lock-timeout.ts';
import { clusterOrVacuumFull } from './pg/cluster-or-vacuum-full.ts';
import { collationChange } from './pg/collation-change.ts';
import { columnOrderPadding } from './pg/column-order-padding.ts';
import { concurrentlyInTransaction } from './pg/concurrently-in-transaction.ts';
import { constraintVolatileCheck } from './pg/constraint-volatile-check.ts';
import { createOrDropPartition } from './pg/create-or-drop-partition.ts';
import { createRule } from './pg/create-rule.ts';
import { createTrigger } from './pg/create-trigger.ts';
import { ddlPlannerStats } from './pg/ddl-planner-stats.ts';
import { detachPartition } from './pg/detach-partition.ts';
import { disableTrigger } from './pg/disable-trigger.ts';
import { domainAddConstraint } from './pg/domain-add-constraint.ts';
import { domainSetNotNull } from './pg/domain-set-not-null.ts';
import { domainWithConstraint } from './pg/domain-with-constraint.ts';
import { dropConstraint } from './pg/drop-constraint.ts';
import { dropFunctionOrTypeCascade } from './pg/drop-function-or-type-cascade.ts';
import { dropIndexNotConcurrent } from './pg/drop-index-not-concurrent.ts';
import { dropNotNull } from './pg/drop-not-null.ts';
import { dropPkReplicaIdentity } from './pg/drop-pk-replica-identity.ts';
import { enumAddValueUseSameTx } from './pg/enum-add-value-use-same-tx.ts';
import { enumCreate } from './pg/enum-create.ts';
import { enumRemoveValue } from './pg/enum-remove-value.ts';
import { enumRenameValue } from './pg/enum-rename-value.ts';
import { enumValueOrder } from './pg/enum-value-order.ts';
import { exclusionConstraint } from './pg/exclusion-constraint.ts';
import { explicitLockTable } from './pg/explicit-lock-table.ts';
import { extensionUpgrade } from './pg/extension-upgrade.ts';
import { failsOnWhatIsThere } from './pg/fails-on-what-is-there.ts';
import { fkLocksBothTables } from './pg/fk-locks-both-tables.ts';
import { fkMissingIndex } from './pg/fk-missing-index.ts';
import { fkNoOnDelete } from './pg/fk-no-on-delete.ts';
import { fkNotValidOnPartitioned } from './pg/fk-not-valid-on-partitioned.ts';
import { fkWithoutNotValid } from './pg/fk-without-not-valid.ts';
import { identifierTooLong } from './pg/identifier-too-long.ts';
import { indexNotConcurrent } from './pg/index-not-concurrent.ts';
import { indexOnPartitionedParent } from './pg/index-on-partitioned-parent.ts';
import { invalidIndexLeftBehind } from './pg/invalid-index-left-behind.ts';
import { matviewWithData } from './pg/matview-with-data.ts';
import { missingPkPartKey } from './pg/missing-pk-part-key.ts';
import { newerThanServer } from './pg/newer-than-server.ts';
import { notEnforcedConstraint } from './pg/not-enforced-constraint.ts';
import { pkUsingIndexNullable } from './pg/pk-using-index-nullable.ts';
import { pkWithoutIndex } from './pg/pk-without-index.ts';
import { preferBigint } from './pg/prefer-bigint.ts';
import { preferIdentity } from './pg/prefer-identity.ts';
import { preferText } from './pg/prefer-text.ts';
import { preferTimestamptz } from './pg/prefer-timestamptz.ts';
import { rawSqlUnanalysable } from './pg/raw-sql-unanalysable.ts';
import { redundantIndex } from './pg/redundant-index.ts';
import { refreshMatview } from './pg/refresh-matview.ts';
import { reindexNotConcurrent } from './pg/reindex-not-concurrent.ts';
import { replicaIdentityChange } from './pg/replica-identity-change.ts';
import { requirePrimaryKey } from './pg/require-primary-key.ts';
import { sessionReplicationRole } from './pg/session-replication-role.ts';
import { setAccessMethod } from './pg/set-access-method.ts';
import { setLoggedUnlogged } from './pg/set-logged-unlogged.ts';
import { setNotNullScan } from './pg/set-not-null-scan.ts';
import { setTablespace } from './pg/set-tablespace.ts';
import { terminateBackend } from './pg/terminate-backend.ts';
import { truncate } from './pg/truncate.ts';
import { truncateCascade } from './pg/truncate-cascade.ts';
import { typeNarrowing } from './pg/type-narrowing.ts';
import { uniqueMayFailOnData } from './pg/unique-may-fail-on-data.ts';
import { uniqueWithoutIndex } from './pg/unique-without-index.ts';
import { unnamedIndex } from './pg/unnamed-index.ts';
import { validateInSameTx } from './pg/validate-in-same-tx.ts';
import { wideNonUniqueIndex } from './pg/wide-non-unique-index.ts';
import { definerSearchPath } from './sec/definer-search-path.ts';
import { grantChange } from './sec/grant-change.ts';
import { rlsChange } from './sec/rls-change.ts';
import { sqlInjection } from './sec/sql-injection.ts';
import { ddlAndBackfillSameTx } from './tx/ddl-and-backfill-same-tx.ts';
import { multiTableStrongLocks } from './tx/multi-table-strong-locks.ts';
import { multipleAlterSameTable } from './tx/multiple-alter-same-table.ts';
import { nested } from './tx/nested.ts';
import { noLockTimeout } from './tx/no-lock-timeout.ts';
import { noStatementTimeout } from './tx/no-statement-timeout.ts';
import { pendingTriggerEvents } from './tx/pending-trigger-events.ts';
import { retryBurnsXid } from './tx/retry-burns-xid.ts';
import { rewriteHoldingLock } from './tx/rewrite-holding-lock.ts';
import { statementsCannotShare } from './tx/statements-cannot-share.ts';
import { uncommitted } from './tx/uncommitted.ts';
import { workAfterAccessExclusive } from './tx/work-after-access-exclusive.ts';

/** The shelf of rules, in the order of the manual. */
export const rules: readonly Rule[] = [
  indexNotConcurrent,
  dropIndexNotConcurrent,
  reindexNotConcurrent,
  indexOnPartitionedParent,
  concurrentlyInTransaction,
  invalidIndexLeftBehind,
  cicVsLockTimeout,
  wideNonUniqueIndex,
  redundantIndex,
  unnamedIndex,
  columnOrderPadding,
  addColumnVolatileDefault,
  addColumnSerial,
  addColumnIdentity,
  addColumnGeneratedStored,
  addColumnConstrainedDomain,
  addColumnNotNullNoDefault,
  addColumnInlineCheck,
  addColumnInlineUnique,
  addColumnInlineFk,
  addColumnJson,
  addColumnMultiPartition,
  changeDefaultPartialInserts,
  alterColumnTypeRewrite,
  alterTypeCachedPlanBreak,
  alterTypeDependentView,
  typeNarrowing,
  collationChange,
  changeColumnDropsNotNullOrCheck,
  setNotNullScan,
  changeNullWithDefaultUpdate,
  dropNotNull,
  checkWithoutNotValid,
  fkWithoutNotValid,
  fkLocksBothTables,
  fkNotValidOnPartitioned,
  validateInSameTx,
  uniqueWithoutIndex,
  uniqueMayFailOnData,
  pkWithoutIndex,
  pkUsingIndexNullable,
  exclusionConstraint,
  constraintVolatileCheck,
  dropConstraint,
  dropPkReplicaIdentity,
  replicaIdentityChange,
  fkMissingIndex,
  fkNoOnDelete,
  notEnforcedConstraint,
  requirePrimaryKey,
  missingPkPartKey,
  preferBigint,
  preferIdentity,
  preferText,
  banChar,
  preferTimestamptz,
  enumCreate,
  enumAddValueUseSameTx,
  enumValueOrder,
  enumRenameValue,
  enumRemoveValue,
  domainWithConstraint,
  domainAddConstraint,
  domainSetNotNull,
  identifierTooLong,
  clusterOrVacuumFull,
  refreshMatview,
  matviewWithData,
  truncate,
  truncateCascade,
  setLoggedUnlogged,
  setTablespace,
  setAccessMethod,
  attachPartitionNoCheck,
  createOrDropPartition,
  detachPartition,
  createTrigger,
  disableTrigger,
  createRule,
  explicitLockTable,
  sessionReplicationRole,
  terminateBackend,
  alterSystem,
  autovacuumDisabled,
  changeTableOpaque,
  rawSqlUnanalysable,
  ddlPlannerStats,
  dropFunctionOrTypeCascade,
  extensionUpgrade,
  failsOnWhatIsThere,
  noLockTimeout,
  noStatementTimeout,
  workAfterAccessExclusive,
  multiTableStrongLocks,
  multipleAlterSameTable,
  ddlAndBackfillSameTx,
  statementsCannotShare,
  pendingTriggerEvents,
  nested,
  uncommitted,
  rewriteHoldingLock,
  retryBurnsXid,
  dropTable,
  dropColumn,
  dropSchema,
  dropOwned,
  dropDatabase,
  dropSequenceOrExtension,
  dropCascade,
  unbatchedDml,
  duplicateColumnAssignment,
  renameLooksLikeDropAdd,
  renameTable,
  renameColumn,
  renameOrSetSchema,
  dropOrChangeView,
  nonLinearHistory,
  notIdempotent,
  schemaUnqualified,
  naming,
  ownership,
  unusedSuppression,
  policyColumns,
  userGeneratedSql,
  sqlInjection,
  rlsChange,
  grantChange,
  definerSearchPath,
  largeTableDdl,
  hotTableDdl,
  diskHeadroom,
  replicationLag,
  longTransactionAhead,
  sequenceNotReset,
  xidOrIntCapacity,
  cicCorruption,
  newerThanServer,
];
