export { deleteCustomers, getCustomers } from './customer/shapes.ts';
export { createSecretKey, deleteSecretKeys, getSecretKeys } from './secret_key/shapes.ts';
export { createSession } from './server/create_session.ts';
export { getServer } from './server/get.ts';
export { getProtos } from './server/get_protos.ts';
export { setServer } from './server/set.ts';
export { getSessions } from './session/get.ts';
export { terminateSession } from './session/terminate.ts';
