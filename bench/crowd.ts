/** How many instances the app has that is deployed by each strategy, and how many apps are deployed at once. */
export const replicas = 6;
export const crowd = 50;
