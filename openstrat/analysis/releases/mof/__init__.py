"""Model Openness Framework: how complete a release is, and under which licenses its parts came."""
