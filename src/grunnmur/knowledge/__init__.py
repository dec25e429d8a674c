"""What documents say: plan elements, figures, actions, milestones, laws and services."""
