"""Room `customers`: who is served: persons, organisations, contact points, consents."""
