/** The entry of pages whose only script is their small maps. */
import { drawLocators } from './locator.js';

drawLocators();
