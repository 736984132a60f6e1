import uuidv4 from 'uuid/v4';
import v1 from "uuid/v1";

export const id = (): string => uuidv4() + v1();
