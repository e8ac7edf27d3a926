"""Customers with and without a status, compared as fairly as the data allow.

``exposure`` says what the status is and when it begins; ``readings`` gives the plain and the cohort reading, ``adjusted``
the one among comparable customers, ``waits`` the curves, ``holdout`` the effect where a lot decided, ``identity`` how
many orders of either group have a known buyer. Membership and the private domain are two such statuses.
"""
