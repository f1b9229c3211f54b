package allmende.app.identity;

/** A principal of the security context that stands for an account. */
interface HasAccount {

    /** Number of the account. */
    long account();
}
