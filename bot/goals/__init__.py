"""What a team or a person wants to reach, as people propose, agree to and read it."""
